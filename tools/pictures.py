"""Makes docs/images/*.png: the sample archive in a browser, one picture a room.

    pip install pillow
    python -m tools.pictures

(``make pictures`` does both.) The pictures want a Chinese serif and sans serif, such as Debian's ``fonts-noto-cjk``;
which ones they are set in is told. Pillow brings each down to a palette: flat paper and grey letters need no more.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from search.archive import Archive
from tests.e2e import chromium
from webui import create_app

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 96
DESK, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True)
class Picture:
    """One file: what it shows, the size of its window in CSS pixels, and light or dark."""

    name: str
    path: str
    window: tuple[int, int] = DESK
    scheme: str = "light"


PICTURES = (
    Picture("search", "/search?q=社区"),
    Picture("search-dark", "/search?q=志愿者&from=2020&to=2023", scheme="dark"),
    Picture("nothing", "/search?q=绝无此词&street=永泰街道&from=2021"),
    Picture("article", "/article/{老院子换新颜}?q=居民 改造"),
    Picture("calendar", "/dates"),
    Picture("trends", "/trends?term=社区&term=居民&term=主题:教育"),
    Picture("phone", "/search?q=社区", PHONE),
    Picture("phone-article", "/article/{剪刀手尤师傅的星期四}?q=剪刀手", PHONE),
)


def main() -> None:
    """Makes all pictures, and says how large each is."""
    program = chromium.find()
    if not program:
        sys.exit("没有浏览器，画不了 (no Chromium: no pictures)")
    print(f"字体：{_font('serif')}；{_font('sans-serif')}")
    FOLDER.mkdir(exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with _served() as (archive, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        sizes = {picture.name: _take(browser, picture, address + _path(picture, archive)) for picture in PICTURES}
        browser.close()
    for name, size in sizes.items():
        print(f"docs/images/{name}.png  {size:,} 字节{'，太大 (too large)' if size > MOST_BYTES else ''}")


def _font(family: str) -> str:
    """The font that Chinese text of this family is set in."""
    told = subprocess.run(["fc-match", f"{family}:lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or "不知道"


@contextmanager
def _served() -> Iterator[tuple[Archive, str]]:
    """The sample archive, indexed by the command line, and where it is served."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        command = [sys.executable, "-m", "baoku", "index", "data/sample", "--index", str(index)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        app = create_app({"INDEX": index})
        archive = app.extensions["baoku"].archive()
        archive.search("报库")  # so that no picture shows how long the dictionary takes to load
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield archive, f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()


def _path(picture: Picture, archive: Archive) -> str:
    """The picture's address, with ``{headline}`` replaced by the id of the article that has it."""
    before, opening, rest = picture.path.partition("{")
    if not opening:
        return picture.path
    headline, _, after = rest.partition("}")
    return before + archive.search(f'标题:"{headline}"').hits[0].article.id + after


def _take(browser: Browser, picture: Picture, address: str) -> int:
    """Takes the picture; gives its size in bytes."""
    width, height = picture.window
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        locale="zh-CN",
        reduced_motion="reduce",
    )
    page.goto(quote(address, safe=":/?&=%"))
    page.reload()  # the first answer is that of a cold archive
    page.evaluate("document.fonts.ready")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    file = FOLDER / f"{picture.name}.png"
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file.stat().st_size


if __name__ == "__main__":
    main()
