"""What each word of the templates says: figures, comparisons, conditions, lists, law."""
