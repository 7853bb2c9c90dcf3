"""Reports with names, for a teacher and for a learner: keys from what is published, names joined while rendering."""
