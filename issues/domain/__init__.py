"""What a negotiation is: frozen dataclasses and pure functions, without Django."""
