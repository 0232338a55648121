"""Releases are made, withdrawn with a reason, and given their DOI; nothing removes one."""
