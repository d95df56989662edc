"""From files to articles: pages are read, laid out, cut into stories and described."""
