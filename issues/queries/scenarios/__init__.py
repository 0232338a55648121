"""How the negotiation may end: how endings fit, how likely they are held to be, how forecasts did."""
