//! What a template may cost (SAFETY Z28).

/// minijinja's fuel for one expression or statement template: instructions, and 64 bytes of data touched count as
/// one. An answer of 10 MiB costs about 160,000 each time it is handled whole, so that a few filters over the
/// largest answer pass, and an endless loop ends within a second.
pub(super) const FUEL: u64 = 4_000_000;
/// The longest text that a template may give. More than the largest answer, which may be sent on.
pub(super) const OUTPUT: usize = 12 << 20;
/// How deep JSON may be nested.
pub(super) const DEPTH: usize = 128;
/// How deep macros and loops may call themselves: minijinja's own 500 are too many for a small stack.
pub(super) const RECURSION: usize = 80;
/// How much template text is kept compiled.
pub(super) const CACHED_BYTES: usize = 4 << 20;
