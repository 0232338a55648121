"""What a reader may do in a process, for templates: ``perms.issues.add_position``, as Django's own."""

from issues.models import Process
from issues.queries.access.may import may_in
from issues.queries.access.standing import Reader


class PermissionsIn:
    """Stands on a page of a process for Django's ``perms``, which knows of the installation alone."""

    def __init__(self, user: Reader, process: Process, app: str = "") -> None:
        self._user, self._process, self._app = user, process, app

    def __getitem__(self, name: str) -> "PermissionsIn | bool":
        if not self._app:
            return PermissionsIn(self._user, self._process, name)
        return may_in(self._user, f"{self._app}.{name}", self._process)

    def __iter__(self) -> None:
        raise TypeError("Permissions are asked for one by one.")
