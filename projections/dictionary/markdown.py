"""The dictionary as Markdown: for a terminal, a repository or a wiki."""

from collections.abc import Iterable, Iterator, Sequence

from projections.dictionary.entries import Column, Entry, Section


def to_markdown(sections: Sequence[Section]) -> str:
    """A heading per folder and per table, and under it a table of its columns."""
    return "\n".join(["# Data dictionary", "", *(line for each in sections for line in _section(each))])


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    for entry in section.entries:
        yield f"### {entry.name}"
        yield ""
        yield entry.purpose
        yield ""
        for name, value in facts_of(entry):
            yield f"- {name}: {value}"
        yield ""
        yield from _columns(entry.columns)
        yield ""


def facts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """What is said of a table beside its purpose and its columns, in the order of reading: name and text."""
    yield (
        "in",
        f"{entry.file} ({entry.kind})" if entry.file else "no file: the projector's own, for one batch",
    )
    if entry.grain:
        yield "grain", ", ".join(entry.grain)
    yield from entry.about.items()
    yield "kept", entry.kept
    if entry.withheld:
        yield "withheld", entry.withheld
    if entry.reads:
        yield "reads", ", ".join(entry.reads)
    if entry.read_by:
        yield "read by", ", ".join(entry.read_by)


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in columns:
        names = f" (names a row of {column.names})" if column.names else ""
        cells = (f"`{column.name}`", f"`{column.type}`", column.meaning + names)
        yield f"| {' | '.join(_cell(text) for text in cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
