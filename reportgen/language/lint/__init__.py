"""What is wrong with words before any number is known."""
