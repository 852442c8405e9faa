"""What reviewers look at: the differences between two builds."""
