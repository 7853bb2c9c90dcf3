"""A report as sections of tables, in words: what a page and a terminal both show."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows in words. `numbers` are columns to align right; `aside` is shown when asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numbers: frozenset[int] = frozenset()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a title. Without tables, or with empty ones, `empty` says that there is nothing."""

    name: str
    title: str
    lead: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole report: its language, title, what goes before everything, and its sections."""

    language: str
    title: str
    about: tuple[str, ...]
    private: str
    sections: tuple[Section, ...] = field(default=())
