//! The nearest of the names that exist, for whoever wrote one that does not.

/// The nearest name, where one is near enough to be what was meant.
pub(crate) fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let (distance, name) = names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wanted, name), name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= 2.max(wanted.chars().count() / 3)).then_some(name)
}

/// `Did you mean …?`, or what else can be done where nothing is near.
pub(crate) fn did_you_mean(near: Option<impl std::fmt::Display>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |name| format!("Did you mean `{name}`?"),
    )
}
