"""The reference data around statements: rosters, goal frameworks, calendars, level schemes. Pure: files to entities."""
