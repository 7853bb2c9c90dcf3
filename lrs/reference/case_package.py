"""A 1EdTech CASE 1.0 package (CFPackage): one document, its items, and which is a child of which.

https://www.imsglobal.org/spec/CASE/v1p0 ; a package of 1.1 has the same members for what is read here.
"""

from typing import Any

from lrs.reference.csv_rows import day
from lrs.reference.entity import FRAMEWORK, FRAMEWORK_GOAL, Entity, Reading, Row, UnreadableFile, entity
from lrs.reference.token import finality, grade, word

FORMAT = "case"
CHILD_OF = "isChildOf"


def is_package(document: Any) -> bool:
    return isinstance(document, dict) and ("CFDocument" in document or "CFPackage" in document)


def read_into(goals: Reading, name: str, document: dict[str, Any]) -> None:
    """Add the goals of a package, which states its framework wholly. Raises UnreadableFile when it has no document."""
    package = document.get("CFPackage", document)
    about = package.get("CFDocument")
    if not isinstance(about, dict) or not about.get("identifier"):
        raise UnreadableFile(f"{name}: CFDocument has no identifier")
    framework = str(about["identifier"])
    title = str(about.get("title") or framework)
    goals.entities.append(
        entity(FRAMEWORK, framework, framework, title=title, format=FORMAT, uri=about.get("uri"))
    )
    goals.complete |= {(FRAMEWORK_GOAL, framework)}
    made: dict[str, Entity] = {}
    for number, item in enumerate(_listed(package, "CFItems"), 1):
        _take_item(goals, made, Row(f"{name} CFItems", number, _told(item)), item, framework)
    _hang(goals, made, name, _listed(package, "CFAssociations"), framework)
    goals.entities += made.values()


def _listed(package: dict[str, Any], name: str) -> list[Any]:
    found = package.get(name) or []
    return found if isinstance(found, list) else []


def _told(item: Any) -> dict[str, Any]:
    names = ("identifier", "humanCodingScheme", "fullStatement", "associationType")
    return {name: item[name] for name in names if name in item} if isinstance(item, dict) else {"item": item}


def _take_item(goals: Reading, made: dict[str, Entity], row: Row, item: Any, framework: str) -> None:
    key = str(item.get("identifier") or "") if isinstance(item, dict) else ""
    if not key:
        goals.rejected.append(row.rejected("identifier is empty"))
    elif (FRAMEWORK_GOAL, key) in goals.rows:
        goals.rejected.append(row.rejected(f"identifier {key} is there twice"))
    else:
        goals.rows[FRAMEWORK_GOAL, key] = row
        try:
            made[key] = _goal(item, key, framework)
        except (ValueError, TypeError) as error:
            goals.rejected.append(row.rejected(str(error)))


def _goal(item: dict[str, Any], key: str, framework: str) -> Entity:
    title = str(item.get("fullStatement") or item.get("abbreviatedStatement") or "").strip()
    if not title:
        raise ValueError("fullStatement is empty")
    levels = [str(each) for each in item.get("educationLevel") or []]
    return entity(
        FRAMEWORK_GOAL,
        key,
        framework,
        framework=framework,
        title=title,
        code=item.get("humanCodingScheme"),
        kind=item.get("CFItemType"),
        aliases=[str(item["uri"])] if item.get("uri") else [],
        education=word(levels[0]) if levels else None,
        grade=next((found for each in levels if (found := grade(each)) in ("1", "2", "3")), None),
        finality=next((found for each in levels if (found := finality(each)) in ("DO", "DU", "A")), None),
        **{"from": _day(item, "statusStartDate")},
        until=_day(item, "statusEndDate"),
    )


def _day(item: dict[str, Any], name: str) -> str | None:
    if not item.get(name):
        return None
    try:
        return day(str(item[name])).isoformat()
    except ValueError as error:
        raise ValueError(f"{name} {item[name]!r} is not a date") from error


def _hang(
    goals: Reading, made: dict[str, Entity], name: str, associations: list[Any], framework: str
) -> None:
    """Put items under their parents, in the order of their sequence numbers; a child of the document is a root."""
    placed: dict[str, list[tuple[int, str]]] = {}
    for number, each in enumerate(associations, 1):
        row = Row(f"{name} CFAssociations", number, _told(each))
        if not isinstance(each, dict) or each.get("associationType") != CHILD_OF:
            continue
        child, parent = _identifier(each.get("originNodeURI")), _identifier(each.get("destinationNodeURI"))
        if child not in made or (parent != framework and parent not in made):
            goals.rejected.append(
                row.rejected(f"{child} isChildOf {parent}, of which one is no item of this package")
            )
        elif parent != framework:
            placed.setdefault(child, []).append((int(each.get("sequenceNumber") or 0), parent))
    for child, parents in placed.items():
        made[child].content["parents"] = list(dict.fromkeys(key for _, key in sorted(parents)))


def _identifier(node: Any) -> str:
    """A node is an object with an identifier; some exports have its URI alone, which ends with it."""
    if isinstance(node, dict):
        return str(node.get("identifier") or _identifier(node.get("uri")))
    return str(node or "").rsplit("/", 1)[-1]
