"""The wheel has in it all that the product needs: it is installed alone, and used from another place."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.command import ROOT, environment

NOT_SOURCE = shutil.ignore_patterns(".*", "var", "build", "dist", "*.egg-info", "__pycache__", "tests", "benchmarks")
OFFLINE = ("No matching distribution found for setuptools", "Failed to establish a new connection")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel of this tree was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=NOT_SOURCE)
    built = pip("wheel", folder / "source", "--no-deps", "--wheel-dir", folder)
    if any(words in built.stderr + built.stdout for words in OFFLINE):
        pytest.skip("pip 取不到 setuptools，安装包的测试略去 (no registry: the tests of the wheel are left out)")
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    done = pip("install", wheel, "--no-deps", "--target", folder / "installed")
    assert done.returncode == 0, done.stderr
    return folder / "installed"


def pip(command: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    options = ["--quiet", "--disable-pip-version-check"]
    return process("-m", "pip", command, *options, *map(str, words))


def process(*words: str, cwd: Path | None = None, imports: str = "") -> subprocess.CompletedProcess[str]:
    variables = environment() | {"PYTHONPATH": imports}
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def alone(installed: Path, cwd: Path, *words: str | Path) -> str:
    """What a Python prints that knows the wheel and its dependencies, but not this tree: -S leaves out .pth files."""
    imports = f"{installed}:{sysconfig.get_path('purelib')}"
    done = process("-S", *map(str, words), cwd=cwd, imports=imports)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_sample_archive_and_the_web_pages_are_inside(installed: Path, tmp_path: Path) -> None:
    sample = installed / "data" / "sample"
    lines = alone(installed, tmp_path, "-m", "baoku", "parse", sample).splitlines()
    assert len(lines) > 100
    assert any(json.loads(line)["date_source"] == "manifest" for line in lines)
    assert f"文章 {len(lines)} 篇" in alone(installed, tmp_path, "-m", "baoku", "index", sample)
    article = f"/article/{json.loads(lines[0])['id']}"
    paths = ["/", "/search?q=社区", article, "/help", "/statistics"]
    files = ["baoku.css", "reading-room.js"]
    script = f"""
import webui
from webui.app import create_app
app = create_app()
client = app.test_client()
paths = {paths} + [app.static_url_path + "/" + name for name in {files}]
print(*(client.get(path).status_code for path in paths))
print(webui.__file__)
"""
    codes, place = alone(installed, tmp_path, "-c", script).splitlines()
    assert codes.split() == ["200"] * len([*paths, *files])
    assert Path(place).is_relative_to(installed)


def test_every_source_file_is_inside(installed: Path) -> None:
    source = installed.parent / "source"
    rooms = ("data", "indexer", "search", "webui")
    files = [file for room in rooms for file in (source / room).rglob("*") if file.is_file()]
    missing = [str(file.relative_to(source)) for file in files if not (installed / file.relative_to(source)).is_file()]
    assert missing == []
