"""The log sheet: one room for the page that the tracker is opened for."""
