"""A published file: drafted, put in its place in one step, linked, and two editions kept, with the Parquet beside."""

import os
import shutil
from pathlib import Path

import duckdb

KEPT = 2


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def finish(connection: duckdb.DuckDBPyConnection, draft: Path, path: Path) -> Path:
    """Close a draft and put it in its place."""
    connection.execute("checkpoint")
    connection.close()
    draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    os.replace(draft, path)
    return path


def link(name: Path, target: Path) -> None:
    """Point a link elsewhere in one step: there is never a moment without it."""
    draft = name.with_name(f".draft-{name.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.name)
    os.replace(draft, name)


def drop_old(folder: Path, *names: str) -> None:
    """Of each name, keep the last two editions, so that whoever has one open keeps it, and what a link names.

    Folders of Parquet have editions of their own: they may be published less often. With no link to them all go.
    """
    linked = {path.resolve() for path in folder.iterdir() if path.is_symlink()}
    for name in names:
        editions = sorted((p for p in folder.glob(f"{name}-[0-9]*") if not p.is_symlink()), key=_number)
        for file in [p for p in editions if p.is_file()][:-KEPT]:
            if file.resolve() not in linked:
                file.unlink()
        folders = [p for p in editions if p.is_dir()]
        is_published = any(each.resolve() in linked for each in folders)
        for each in folders[:-KEPT] if is_published else folders:
            if each.resolve() not in linked:
                shutil.rmtree(each, ignore_errors=True)


def _number(path: Path) -> tuple[int, ...]:
    """The position of a file or folder, and the number behind it of a folder that was made of it again."""
    told = path.name.removesuffix(".duckdb").rsplit("-", 1)[1]
    return tuple(int(each) for each in told.split("."))


def sweep_drafts(folder: Path) -> None:
    """What a publication that was cut off has left."""
    for draft in folder.glob(".draft-*"):
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft)
        else:
            draft.unlink()
