"""Profiles from files: our own, which is packaged, and those of a folder."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from lrs.profile.load import InvalidProfile, Profile, load_profile
from lrs.profile.profiles import Profiles

_SUFFIXES = (".jsonld", ".json")


@cache
def our_profile() -> Profile:
    """The profile of the vocabulary that the figures rest on, https://w3id.org/xapi/gsl."""
    return load_profile((files("schemas") / "xapi" / "profiles" / "gsl.jsonld").read_bytes(), "gsl.jsonld")


def read_profiles(
    folder: Path | None = None, more: Sequence[Path] = (), *, all_of_them: bool = False
) -> Profiles:
    """Our profile, those of a folder (LRS_PROFILES; *.jsonld and *.json, by name), and single files.

    Raises InvalidProfile for a folder that is none, a file that cannot be read or is no profile.
    """
    if folder is not None and not folder.is_dir():
        raise InvalidProfile(f"{folder} is not a folder (LRS_PROFILES)")
    listed = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES) if folder else []
    return Profiles(our_profile(), [_read(path) for path in (*listed, *more)], all_of_them=all_of_them)


def _read(path: Path) -> Profile:
    try:
        return load_profile(path.read_bytes(), str(path))
    except OSError as error:
        raise InvalidProfile(f"{path}: {error.strerror}") from error
