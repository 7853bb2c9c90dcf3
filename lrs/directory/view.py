"""The directory as one viewer sees it: every question passes the viewer's role first.

Nothing of what it answers is ever written beside figures. Only the keys asked for are read, through indexes.
"""

from collections.abc import Collection, Iterable
from datetime import date

from lrs.directory import learner_names, reflections, titles
from lrs.directory.enrolments import STUDENT, classes_on
from lrs.directory.person import agents_of
from lrs.directory.reflections import Reflection
from lrs.directory.store_index import Opened
from lrs.directory.viewer import MayNotSee, Role, Viewer


class View:
    """Names of one store at one moment, for one viewer, as classes stand on one day.

    A teacher sees who is in his class on that day: a learner who left it is another teacher's. Methods raise
    MayNotSee for what the viewer's role does not let him see.
    """

    def __init__(self, opened: Opened, viewer: Viewer, day: date) -> None:
        self._opened, self._viewer, self._day = opened, viewer, day

    def visible(self, learner_keys: Iterable[str]) -> set[str]:
        """Those of the learners whom the viewer may see."""
        asked = set(learner_keys)
        match self._viewer.role:
            case Role.ADMINISTRATOR:
                return asked
            case Role.TEACHER:
                places = classes_on(self._opened, asked, self._day, STUDENT)
                return {key for key in asked if not self._viewer.classes.isdisjoint(places[key])}
            case Role.LEARNER:
                own = self._viewer.learner_key
                return asked & agents_of(self._opened, [own])[own] if own else set()
            case Role.DIRECTOR:
                return set()

    def learner_names(self, learner_keys: Collection[str]) -> dict[str, str]:
        """Names by learner key (or agent key); a learner without a name is left out."""
        self._refuse_hidden(learner_keys)
        return learner_names.learner_names(self._opened, learner_keys)

    def reflections(self, learner_key: str, positions: Iterable[int]) -> list[Reflection]:
        """What the learner wrote in the statements at these positions, oldest first."""
        self._refuse_hidden([learner_key])
        agents = agents_of(self._opened, [learner_key])[learner_key]
        return reflections.read_reflections(self._opened, agents, positions)

    def goal_titles(self, goal_ids: Iterable[str], language: str = "nl") -> dict[str, str]:
        """Titles of goals, or of other activities, by id; without a title: left out.

        A goal may be in a learner's own words, so a director has none. Whose goals are shown is the caller's to choose:
        those of learners whom the viewer may see.
        """
        if self._viewer.role is Role.DIRECTOR:
            raise MayNotSee("a director sees no titles of learners' goals")
        return titles.goal_titles(self._opened, goal_ids, language)

    def class_names(self, class_keys: Iterable[str]) -> dict[str, str]:
        """Names of classes by class key: every role may know them."""
        return titles.class_names(self._opened, class_keys)

    def school_names(self, school_keys: Iterable[str]) -> dict[str, str]:
        """Names of schools by school key: every role may know them."""
        return titles.school_names(self._opened, school_keys)

    def refuse_class(self, class_key: str) -> None:
        """Raises MayNotSee when the viewer may not see the class as a class: a learner sees himself only."""
        taught = self._viewer.role is Role.TEACHER and class_key in self._viewer.classes
        if not (taught or self._viewer.role is Role.ADMINISTRATOR):
            raise MayNotSee(f"a {self._viewer.role} may not see class {class_key} on {self._day}")

    def _refuse_hidden(self, learner_keys: Collection[str]) -> None:
        if hidden := set(learner_keys) - self.visible(learner_keys):
            raise MayNotSee(
                f"a {self._viewer.role} may not see {len(hidden)} of these learners on {self._day}"
            )
