//! Times a subject and its peer in interleaved rounds, so that whatever else the machine does falls on both.
//!
//! Median and 95th percentile, no mean: one slow round says nothing about the code.

use std::time::{Duration, Instant};

/// Two things that do the same work.
pub struct Comparison<S = ()> {
    name: &'static str,
    rounds: usize,
    subject: S,
}

/// The times of one side, shortest first.
pub struct Times {
    name: &'static str,
    sorted: Vec<Duration>,
}

/// What a comparison measured.
pub struct Measured {
    name: &'static str,
    subject: Times,
    peer: Times,
}

/// One side before it ran.
pub struct Side<F> {
    name: &'static str,
    round: F,
}

impl Comparison {
    /// A comparison of so many rounds of each side.
    pub fn of(name: &'static str, rounds: usize) -> Self {
        Self {
            name,
            rounds,
            subject: (),
        }
    }

    /// The side that is ours.
    pub fn subject<F: FnMut()>(self, name: &'static str, round: F) -> Comparison<Side<F>> {
        Comparison {
            name: self.name,
            rounds: self.rounds,
            subject: Side { name, round },
        }
    }
}

impl<F: FnMut()> Comparison<Side<F>> {
    /// The side to measure against. Runs both: two rounds to warm up, then the timed ones in turn.
    pub fn peer<G: FnMut()>(mut self, name: &'static str, mut round: G) -> Measured {
        let mut subject = Times::new(self.subject.name);
        let mut peer = Times::new(name);
        for number in 0..self.rounds + 2 {
            let counts = number >= 2;
            // Whoever goes first may find colder caches, so the sides take turns at that.
            if number % 2 == 0 {
                subject.add(counts, &mut self.subject.round);
                peer.add(counts, &mut round);
            } else {
                peer.add(counts, &mut round);
                subject.add(counts, &mut self.subject.round);
            }
        }
        subject.sorted.sort();
        peer.sorted.sort();
        Measured {
            name: self.name,
            subject,
            peer,
        }
    }
}

impl Times {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            sorted: Vec::new(),
        }
    }

    fn add(&mut self, counts: bool, round: &mut impl FnMut()) {
        let began = Instant::now();
        round();
        let took = began.elapsed();
        if counts {
            self.sorted.push(took);
        }
    }

    /// The time that this share of the rounds stayed within, in per cent.
    pub fn percentile(&self, share: usize) -> Duration {
        let last = self.sorted.len().saturating_sub(1);
        let rank = (self.sorted.len() * share).div_ceil(100).saturating_sub(1);
        self.sorted.get(rank.min(last)).copied().unwrap_or_default()
    }
}

impl Measured {
    /// How many times the peer's median the subject's median is.
    pub fn ratio(&self) -> f64 {
        self.subject.percentile(50).as_secs_f64()
            / self.peer.percentile(50).as_secs_f64().max(f64::EPSILON)
    }
}

/// The comparisons as lines of a table.
pub fn table(measured: &[Measured]) -> Vec<String> {
    let mut lines = vec![format!(
        "{:<36} {:<28} {:>12} {:>12} {:>8}",
        "what", "side", "median", "p95", "ratio"
    )];
    for comparison in measured {
        let sides = [
            (
                comparison.name,
                &comparison.subject,
                format!("{:.2}", comparison.ratio()),
            ),
            ("", &comparison.peer, String::from("1.00")),
        ];
        for (name, side, ratio) in sides {
            lines.push(format!(
                "{name:<36} {:<28} {:>12} {:>12} {ratio:>8}",
                side.name,
                shown(side.percentile(50)),
                shown(side.percentile(95)),
            ));
        }
    }
    lines
}

fn shown(time: Duration) -> String {
    match time.as_nanos() {
        0..1_000 => format!("{} ns", time.as_nanos()),
        1_000..1_000_000 => format!("{:.1} µs", time.as_secs_f64() * 1e6),
        1_000_000..1_000_000_000 => format!("{:.2} ms", time.as_secs_f64() * 1e3),
        _ => format!("{:.2} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::{Comparison, Times, shown, table};

    #[test]
    fn both_sides_run_equally_often_and_take_turns_at_being_first() {
        let order = Cell::new(String::new());
        let note = |letter: char| {
            let mut so_far = order.take();
            so_far.push(letter);
            order.set(so_far);
        };
        Comparison::of("turns", 2)
            .subject("s", || note('s'))
            .peer("p", || note('p'));
        assert_eq!(order.take(), "sppsspps");
    }

    #[test]
    fn percentiles_are_by_rank() {
        let times = Times {
            name: "x",
            sorted: (1..=100).map(Duration::from_millis).collect(),
        };
        assert_eq!(times.percentile(50), Duration::from_millis(50));
        assert_eq!(times.percentile(95), Duration::from_millis(95));
        assert_eq!(Times::new("empty").percentile(95), Duration::ZERO);
    }

    #[test]
    fn the_table_names_both_sides() {
        let measured = Comparison::of("what", 1)
            .subject("ours", || {})
            .peer("theirs", || {});
        let lines = table(&[measured]).join("\n");
        assert!(
            lines.contains("ours") && lines.contains("theirs"),
            "{lines}"
        );
    }

    #[test]
    fn times_have_a_unit_that_fits() {
        assert_eq!(shown(Duration::from_nanos(12)), "12 ns");
        assert_eq!(shown(Duration::from_micros(1500)), "1.50 ms");
    }
}
