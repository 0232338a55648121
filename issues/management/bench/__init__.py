"""The benchmark: data that it makes itself, and each reading beside its alternatives in one run."""
