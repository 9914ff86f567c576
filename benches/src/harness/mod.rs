//! What benchmarks share: how a subject is timed beside its peer, what is said of the times, and the server that
//! both sides talk to.

mod findings;
#[cfg(target_os = "linux")]
mod memory;
mod peer;
mod process;
mod processor_time;
mod server;
mod side_by_side;
#[cfg(target_os = "linux")]
mod window;

use std::hint::black_box;

#[cfg(target_os = "linux")]
pub use findings::megabytes;
pub use findings::{Findings, Judged};
#[cfg(target_os = "linux")]
pub use memory::held;
pub use peer::{client, flow_by_hand};
pub use process::Program;
pub use server::Server;
pub use side_by_side::{Comparison, Measured, ratio};
#[cfg(target_os = "linux")]
pub use window::{note_start, stage, start};

/// Why something could not be measured.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A benchmark, chosen by its name.
pub struct Benchmark {
    /// By which it is chosen.
    pub name: &'static str,
    /// What is measured, and what each line includes.
    pub about: &'static str,
    /// Measures.
    pub run: fn() -> Result<Findings, Fault>,
}

impl Benchmark {
    /// Whether its name holds one of the filters; without filters all are chosen.
    pub fn is_chosen(&self, filters: &[String]) -> bool {
        filters.is_empty() || filters.iter().any(|filter| self.name.contains(filter))
    }

    /// Its name, and what it measures in lines that fit a terminal.
    pub fn title(&self) -> String {
        let mut title = self.name.to_owned();
        let mut width = usize::MAX;
        for word in self.about.split_whitespace() {
            if width.saturating_add(word.chars().count()) >= 110 {
                title.push_str("\n ");
                width = 1;
            }
            title.push(' ');
            title.push_str(word);
            width += 1 + word.chars().count();
        }
        title
    }
}

/// The runtime that both sides of a comparison run on: one thread, as in the command line, so that a request waits
/// for no other thread of this process.
pub fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}

/// What timing itself costs: below this, nothing else here means anything.
pub const BENCHMARK: Benchmark = Benchmark {
    name: "harness",
    about: "An empty round against an empty round: what timing itself costs, and how far two equal sides may differ.",
    run: || {
        let empty = || {
            black_box(());
            Ok(())
        };
        let own_cost = Comparison::of("an empty round", 2_000)
            .subject("one", empty)
            .peer("the other", empty)?;
        Ok(Findings::of(vec![own_cost]))
    },
};

#[cfg(test)]
mod tests {
    use super::{Benchmark, Findings};

    const SAMPLE: Benchmark = Benchmark {
        name: "cached-call",
        about: "One two three.",
        run: || Ok(Findings::of(Vec::new())),
    };

    #[test]
    fn a_benchmark_is_chosen_by_any_part_of_its_name_and_without_filters() {
        let filters = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        assert!(SAMPLE.is_chosen(&[]));
        assert!(SAMPLE.is_chosen(&filters(&["flow", "call"])));
        assert!(!SAMPLE.is_chosen(&filters(&["flow"])));
    }

    #[test]
    fn a_title_is_broken_into_lines() {
        assert_eq!(SAMPLE.title(), "cached-call\n  One two three.");
    }
}
