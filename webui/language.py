"""The language of the pages: Chinese unless the address says otherwise, and messages put into it.

Chinese is the source of the catalogue (webui/translations); nothing is negotiated, so that an address shows everyone
the same page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from search.message import Counted, Message

PARAMETER = "lang"
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
"""Each language as it stands in an address, and its locale."""
TAGS = {"zh": "zh-Hans", "en": "en"}
"""Languages as HTML names them (BCP 47)."""
NAMES = {"zh": "中文", "en": "English"}
FOR_PROGRAMS = (
    *("static", "data.", "feeds.", "sitemap.", "api.", "operations.", "prepared.file"),
    *("receipts.search_receipt", "receipts.kept", "receipts.known", "receipts.listed"),
)
"""What the endpoints of answers to programs begin with: these have no language."""
_FEW = {"zh": "、", "en": ", "}


def register(app: Flask) -> None:
    """Let the application speak the language of the address: in templates by ``_`` and ``_n``, in links by itself."""
    Babel(app, default_locale=LOCALES["zh"], locale_selector=lambda: LOCALES[language()])
    app.url_defaults(_carry)
    app.jinja_env.finalize = said
    app.jinja_env.filters["listed"] = said
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(
        _=_gettext,
        _n=_counted,
        gettext=_gettext,
        pgettext=_in_context,
        language=language,
        chinese=_chinese,
        language_tag=lambda: TAGS[language()],
        languages=languages,
        carried=carried,
        script_words=script_words,
    )


def language() -> str:
    """The language of the page that is being made; one that there is not is passed over."""
    if "language" not in g:  # asked for at every link and text
        asked = "" if (request.endpoint or "").startswith(FOR_PROGRAMS) else request.args.get(PARAMETER, "")
        g.language = asked if asked in LOCALES else current_app.config["LANGUAGE"]
    return str(g.language)


def carried() -> list[tuple[str, str]]:
    """The language as a parameter, for forms and addresses that are put together; nothing where it is the default."""
    return [(PARAMETER, language())] if language() != current_app.config["LANGUAGE"] else []


def said(value: Any) -> Any:
    """A message in the language of the page; several put into a list; anything else as it is."""
    if isinstance(value, Message):
        values = {name: said(one) for name, one in value.values.items()}
        return _looked_up(value.template, value.values.get("n") if isinstance(value, Counted) else None).format(
            **values
        )
    if isinstance(value, tuple):
        return _FEW[language()].join(map(said, value))
    return value


def languages() -> Iterator[tuple[str, str, str]]:
    """For each language its tag, its name and the address of this page in it."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    for known in LOCALES:
        own = [] if known == current_app.config["LANGUAGE"] else [(PARAMETER, known)]
        state = urlencode([*others, *own])
        address = quote(request.root_path + request.path)
        yield TAGS[known], NAMES[known], f"{address}?{state}" if state else address


def _chinese() -> str:
    """The attribute of what is printed in Chinese on a page in another language (WCAG 3.1.2)."""
    return Markup(' lang="{}"').format(TAGS["zh"]) if language() != "zh" else ""


def script_words() -> str:
    """What the scripts say, as a JSON object from Chinese to the language of the page; empty for Chinese."""
    return _script_words(language())


@cache
def _script_words(known: str) -> str:
    path = Path(__file__).parent / "translations" / known / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file) if any(name.endswith(".js") for name, _ in entry.locations)]
    words = {entry.id[0] if entry.pluralizable else entry.id: entry.string for entry in entries}
    # Nothing in it may end the element that it stands in.
    return Markup(json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"))


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    if has_request_context() and not endpoint.startswith(FOR_PROGRAMS):
        for name, value in carried():
            values.setdefault(name, value)


def _looked_up(template: str, number: int | None = None) -> str:
    translations = _translations()
    return translations.ugettext(template) if number is None else translations.ungettext(template, template, number)


def _translations() -> NullTranslations:
    """The catalogue of the page, looked for once: a page has hundreds of texts."""
    # While a table is being sent Flask no longer knows the page that asked for it.
    if not has_app_context():
        return NullTranslations()
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


@pass_context
def _gettext(context: Context, text: str, /, **values: Any) -> str:
    """A text of a template with its ``%(name)s`` filled in, escaped as the template is."""
    return _filled(context, _looked_up(text), values)


@pass_context
def _in_context(context: Context, where: str, text: str, /, **values: Any) -> str:
    """A text that other languages say differently in different places."""
    return _filled(context, _translations().upgettext(where, text), values)


@pass_context
def _counted(context: Context, text: str, number: int, /, **values: Any) -> str:
    """A text about a number of things, which stands in it as ``%(num)s``; Chinese has one form for all numbers."""
    return _filled(context, _looked_up(text, number), {"num": f"{number:,}", **values})


def _filled(context: Context, text: str, values: dict[str, Any]) -> str:
    shown = {name: said(value) for name, value in values.items()}
    # The text is our own; what is filled in is escaped by Markup.
    return (Markup(text) if context.eval_ctx.autoescape else text) % shown
