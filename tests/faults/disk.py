"""A small disk of the test's own, which can be filled up."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.clients import is_missing

BLOCK = 1024 * 1024


class Disk:
    """A tmpfs, mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Use up all that is free but the last bytes; what others freed meanwhile is theirs."""
        with self._ballast.open("wb", buffering=0) as ballast:
            while (free := shutil.disk_usage(self.folder).free) > 0:
                try:
                    ballast.write(bytes(min(free, BLOCK)))
                except OSError:  # somebody else was faster: it is full all the same
                    return

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)

    @property
    def told(self) -> str:
        usage = shutil.disk_usage(self.folder)
        return f"{usage.used / BLOCK:.0f} of {usage.total / BLOCK:.0f} MiB used"


@contextmanager
def a_disk(name: str, mebibytes: int) -> Iterator[Disk]:
    """Mounted within, and gone afterwards with all that is on it."""
    folder = Path(tempfile.mkdtemp(prefix=f"leerspoor-{name}-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=755", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True)
    if made.returncode != 0:
        folder.rmdir()
        is_missing(f"a small disk cannot be mounted: {made.stderr.decode().strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
