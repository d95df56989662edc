"""The writer of the index put to the torture: killed, cut from power, refused by the disk (`make torture`)."""
