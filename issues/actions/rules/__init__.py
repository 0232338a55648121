"""The rules that no database constraint can say."""
