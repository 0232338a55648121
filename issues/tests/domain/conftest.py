"""The same examples on every run, without a database of them."""

from hypothesis import settings

settings.register_profile("domain", max_examples=100, deadline=None, derandomize=True, database=None)
settings.load_profile("domain")
