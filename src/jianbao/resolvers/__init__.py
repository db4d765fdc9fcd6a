"""Within one article: what its mentions mean. Resolvers see all mentions; extractors see none."""
