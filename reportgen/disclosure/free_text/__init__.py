"""Which comments may be quoted: names of people and firms, and everything else that tells who wrote them."""
