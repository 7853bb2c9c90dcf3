"""The LRS's own projection of the log, filled in the transaction that appends: droppable, rebuilt by `lrs reindex`."""
