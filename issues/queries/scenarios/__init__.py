"""How the negotiation may end: how scenarios fit, how likely they are held to be, how forecasts did."""
