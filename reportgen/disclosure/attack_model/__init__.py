"""What somebody with every output can write down, and how narrowly that places a hidden number."""
