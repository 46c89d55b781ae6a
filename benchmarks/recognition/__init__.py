"""How well people, posts, bodies and times are found, judged on texts whose truth is known.

`tuned.txt` and `wider.txt` hold paragraphs written for this project, in ninety-odd kinds of article, by which rules were
made; `left_out.txt` and `wider_left_out.txt` only say how far they carry. An article there:

    = genre | day of the issue | headline
    paragraph, one a line (⏎ is a line break inside it)
    P name: post; post; ~post that may be given or not
    O body body                       exact printed forms
    D surface first-day last-day      one day: once; - for a bound that is not judged
    O? D? forms that may be given or not

Truth of whole pages (`*.json` beside the page it was made from) is read too. Conventions: an occupation is a post, a
word like 居民 or 学生 is none; a body within a post counts, the bare 公司 or 医院 does not; durations are no times.
"""
