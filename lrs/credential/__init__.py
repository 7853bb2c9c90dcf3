"""Who may write and read: keys and secrets, their store and scopes."""
