"""What each role in a process lets somebody do there, in the permissions of Django.

They are those of the roles of the installation, Viewers, Researchers and Editors; a test holds them together.
"""

from issues.models import RECORDS
from issues.models.process_member import Role

# Who may record may take away again what only tells of the record that they write.
REMOVED_WHILE_RECORDING = (
    "evidence",
    "positionlink",
    "signatory",
    "attendance",
    "eventissue",
    "membership",
    "scenariooutcome",
    "citation",
    "signpost",
    "judgement",
)
# Asked of whoever says who sees a process; no role of the installation has it.
MAY_GIVE = "issues.change_processmember"
# Asked of the installation, whatever somebody may do in one process.
OF_ALL = "issues.add_process"
NOT_IN_ONE = {OF_ALL, "issues.delete_process"}


def _of(verb: str, names: tuple[str, ...]) -> set[str]:
    return {f"issues.{verb}_{name}" for name in names}


_KINDS = tuple(record._meta.model_name or "" for record in RECORDS)
VIEW = frozenset(_of("view", (*_KINDS, "changeset", "assessment")))
_RECORD = _of("add", (*_KINDS, "assessment")) | _of("change", _KINDS) | _of("delete", REMOVED_WHILE_RECORDING)
_RELEASE = {"issues.view_release", "issues.add_release", "issues.change_release"}
_EDIT = _of("delete", _KINDS) | _RELEASE

GRANTS: dict[str, frozenset[str]] = {
    Role.READER: VIEW,
    Role.RESEARCHER: frozenset((VIEW | _RECORD) - NOT_IN_ONE),
    Role.EDITOR: frozenset((VIEW | _RECORD | _EDIT) - NOT_IN_ONE),
    Role.OWNER: frozenset((VIEW | _RECORD | _EDIT | {MAY_GIVE}) - NOT_IN_ONE),
}
