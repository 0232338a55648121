"""Accounts: signing in, one's own page, tokens, invitations."""
