"""The groups of people that both demonstrations tell apart."""

GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "age": (
        ("18-to-64", "18 to 64"),
        ("65-to-74", "65 to 74"),
        ("75-to-84", "75 to 84"),
        ("85-and-over", "85 and over"),
    ),
    "ethnicity": (
        ("asian", "Asian or Asian British"),
        ("black", "Black, Black British, Caribbean or African"),
        ("mixed", "Mixed or multiple ethnic groups"),
        ("white", "White"),
        ("other", "Other ethnic group"),
    ),
    "deprivation": (
        ("fifth-1", "Most deprived fifth of areas"),
        ("fifth-2", "Second most deprived fifth"),
        ("fifth-3", "Middle fifth"),
        ("fifth-4", "Second least deprived fifth"),
        ("fifth-5", "Least deprived fifth of areas"),
    ),
}
