"""A first look at an export of respondents: what its columns are, what it cannot tell, and a codebook drafted from both."""
