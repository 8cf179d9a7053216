"""The table book of a survey: each question by declared banners, with bases and letters of significance, and what readers must be told of it."""
