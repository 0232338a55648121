"""What stops a backup, a restoration or a move, in words."""


class Refused(Exception):
    """It was not done, and why; what was there before is there still."""


class Damaged(Refused):
    """A file is not what was written, or is no backup of ours."""
