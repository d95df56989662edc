"""Where the index lives: its folder, its marker file, its generations and its write lock."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from search.engine import safety
from search.engine.reader import Reader, readable
from search.engine.schema import SCHEMA
from search.errors import BaokuError, IndexBusy, IndexMissing, IndexUnreadable
from search.words import analyser_version

safety.install()

FORMAT = 2
"""Counted up when an index of an earlier Baoku can no longer be read."""

_MARKER = "baoku.json"
_NAME = "MAIN"
_TOCS = f"_{_NAME}_*.toc"
_LOCK = f"{_NAME}_WRITELOCK"
_WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.1
_MEMORY_MB = 128
_HELP = "请用 baoku index PATH... --rebuild 重建 (rebuild the index)"


class Store:
    """An index folder that is known to be ours. Holds no open files."""

    def __init__(self, path: Path) -> None:
        path = _settled(path)
        self.path = path
        self._storage = _DurableStorage(str(path))
        self._marker = _read_marker(path)
        if self.generation() < 0:
            raise IndexUnreadable(f"索引 {path} 缺少目录文件；{_HELP}")
        with readable(path):
            self._index = FileIndex(self._storage, schema=SCHEMA, indexname=_NAME)

    @classmethod
    def create(cls, path: Path) -> Store:
        """A new empty index; the index that is there already, if there is one.

        Raises:
            IndexUnreadable: the folder holds something else.
        """
        path = _settled(path)
        with _making(path):
            if not (path / _MARKER).exists():
                _begin(path)
        return cls(path)

    @classmethod
    @contextmanager
    def rebuilding(cls, path: Path) -> Iterator[Store]:
        """A new empty index that takes the place of the one at ``path`` when the block ends well.

        Until then, and if it does not, readers have the old one.

        Raises:
            BaokuError: ``path`` is the working folder.
            IndexUnreadable: the folder holds something else.
            IndexBusy: another writer is at work.
        """
        path = _settled(path)
        if path in (Path.cwd(), *Path.cwd().parents):
            raise BaokuError(f"重建要换掉文件夹 {path}，请先离开它再运行 (rebuilding replaces the working folder)")
        fresh = _beside(path, ".new")
        with _making(path):
            shutil.rmtree(fresh, ignore_errors=True)
            try:
                yield cls.create(fresh)
                _exchange(path, fresh)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    @property
    def stale(self) -> bool:
        """Whether words or folding have changed since the index was made."""
        return bool(self._marker["analyser_version"] != analyser_version())

    def generation(self) -> int:
        """The number of the newest commit, from the folder's listing alone; -1 when there is none."""
        try:
            return int(TOC._latest_generation(self._storage, _NAME))
        except OSError:
            return -1

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit, without opening a file: the newest generation and when it was made."""
        generation = self.generation()
        try:
            return generation, (self.path / TOC._filename(_NAME, generation)).stat().st_mtime_ns
        except OSError:
            return generation, 0

    def segments(self) -> tuple[int, list[Any]]:
        """The newest generation and Whoosh's list of its segments."""
        with readable(self.path):
            toc = TOC.read(self._storage, _NAME, schema=SCHEMA)
            return toc.generation, toc.segments

    def reader(self, generation: int, segments: list[Any]) -> Reader:
        """A reader of that generation, for one thread at a time."""
        with readable(self.path):
            return Reader(FileIndex._reader(self._storage, SCHEMA, segments, generation), self.path)

    @contextmanager
    def writing(self) -> Iterator[SegmentWriter]:
        """Whoosh's writer under the write lock. An exception leaves the index as it was and frees the lock.

        Nothing is written unless the caller commits.

        Raises:
            IndexBusy: another writer has held the lock for about ten seconds.
        """
        if self.stale:
            raise IndexUnreadable(f"索引 {self.path} 是用另一版词典建的，只能读；{_HELP}")
        writer = self._writer()
        try:
            with readable(self.path):
                yield writer
        finally:
            if not writer.is_closed:
                _abandon(writer)

    def _writer(self) -> SegmentWriter:
        wait = {"timeout": _WAIT_SECONDS, "delay": _POLL_SECONDS}
        with readable(self.path):
            try:
                return SegmentWriter(self._index, **wait, limitmb=_MEMORY_MB, compound=False)
            except LockError:
                raise _busy(self.path) from None


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """Files reach the disk before the table of contents that names them does, and so does the rename.

    Without memory maps: a mapped file that is cut short kills the process instead of raising.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, supports_mmap=False)

    def create_file(self, name: str, **options: Any) -> Any:
        return super().create_file(name, onclose=_sync_file, **options)

    def rename_file(self, old: str, new: str, safe: bool = False) -> None:
        _sync_folder(self.folder)
        super().rename_file(old, new, safe=safe)
        _sync_folder(self.folder)


def _beside(path: Path, ending: str) -> Path:
    return path.parent / (path.name + ending)


def _settled(path: Path) -> Path:
    """The path in full; an index that a rebuilding cut short left beside it is moved back."""
    path = Path(os.path.realpath(path))
    old = _beside(path, ".old")
    try:
        if os.path.isdir(old) and not os.path.lexists(path):
            # Whoever is just exchanging the two holds the lock.
            with _locked(old):
                _put_back(path, old)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise IndexUnreadable(f"不能把 {old} 移回 {path}：{error.strerror or error} (cannot move it back)") from error
    return path


def _exchange(path: Path, fresh: Path) -> None:
    """Puts the new folder in the place of the old one, or else leaves the old one there."""
    old = _beside(path, ".old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        path.rename(old)
        fresh.rename(path)
    finally:
        _put_back(path, old)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(path: Path, old: Path) -> None:
    if not os.path.lexists(path):
        old.rename(path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = _DurableStorage(str(path)).lock(_LOCK)
    if not try_for(lock.acquire, timeout=_WAIT_SECONDS, delay=_POLL_SECONDS):
        raise _busy(path)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _making(path: Path) -> Iterator[None]:
    """Makes the folder and holds the write lock, so that of two who create an index one finds it made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(_contents(path)) and not ((path / _MARKER).exists() or any(path.glob(_TOCS))):
            raise IndexUnreadable(f"{path} 不是空文件夹，也不是报库索引 (neither empty nor an index)")
        with _locked(path):
            yield
    except OSError as error:
        raise BaokuError(f"无法在 {path} 建立索引：{error.strerror or error} (cannot create the index)") from error


def _begin(path: Path) -> None:
    if any(path.glob(_TOCS)):
        raise IndexUnreadable(f"{path} 不是报库索引；{_HELP}")
    storage = _DurableStorage(str(path))
    TOC.create(storage, SCHEMA, _NAME)
    marker = {"format": FORMAT, "software": _software(), "analyser_version": analyser_version()}
    with storage.create_file(_MARKER + ".new") as file:
        file.write(json.dumps(marker, indent=1).encode())
    storage.rename_file(_MARKER + ".new", _MARKER)


def _contents(path: Path) -> Iterator[Path]:
    """What is in the folder besides the lock file, which is never deleted lest two writers hold two locks."""
    return (file for file in path.iterdir() if file.name != _LOCK)


def _busy(path: Path) -> IndexBusy:
    return IndexBusy(f"另一个程序正在写索引 {path}，请稍后再试 (the index is being written)")


def _read_marker(path: Path) -> dict[str, Any]:
    try:
        if not path.is_dir() or not any(_contents(path)):
            raise IndexMissing(f"{path} 没有索引；请先用 baoku index PATH... 建立 (no index here yet)")
        marker = json.loads((path / _MARKER).read_bytes())
        form, _ = marker["format"], marker["analyser_version"]
    except FileNotFoundError:
        raise IndexUnreadable(_foreign(path)) from None
    except OSError as error:
        raise IndexUnreadable(f"读不了索引 {path}：{error.strerror or error} (cannot read the index)") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexUnreadable(f"索引 {path} 的 {_MARKER} 已损坏；{_HELP}") from error
    if form != FORMAT:
        raise IndexUnreadable(f"索引 {path} 的格式是第 {form} 版，本程序只读第 {FORMAT} 版；{_HELP}")
    return dict(marker)


def _foreign(path: Path) -> str:
    if any(path.glob(_TOCS)):
        return f"{path} 不是报库索引；{_HELP}"
    # Rebuilding refuses such a folder.
    return f"{path} 不是索引文件夹，请检查 --index 或设置 index (not an index folder)"


def _software() -> str:
    try:
        return f"baoku {metadata.version('baoku')}"
    except metadata.PackageNotFoundError:
        return "baoku"


def _abandon(writer: SegmentWriter) -> None:
    """Cancel, and free the lock even when the half-written files cannot be closed."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _sync_file(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(path: str) -> None:
    # Windows cannot open a folder; its renames are journalled.
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
