//! Times a subject and its peer in interleaved rounds, so that whatever else the machine does falls on both.
//!
//! Median and 95th percentile, no mean: one slow round says nothing about the code. The best round says what is left
//! where the machine disturbs nobody; it is shown, and nothing is judged by it. A side is a closure that does one
//! round; an async one blocks on a runtime in it.
//!
//! Where a side works on the thread that measures, that thread's processor time can be told as well: it stays what
//! it is while the machine is busy with something else.

use std::time::{Duration, Instant};

use super::processor_time::thread_time;
use super::{Fault, Judged};

/// Two things that do the same work.
pub struct Comparison<S = ()> {
    name: String,
    rounds: usize,
    units: u32,
    on_own_thread: bool,
    subject: S,
}

/// The times of one side, shortest first.
pub struct Times {
    name: &'static str,
    sorted: Vec<Duration>,
    /// The measuring thread's processor time, where it is wanted and can be told.
    processor: Vec<Duration>,
}

/// What a comparison measured.
pub struct Measured {
    name: String,
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
    pub fn of(name: impl Into<String>, rounds: usize) -> Self {
        Self {
            name: name.into(),
            rounds,
            units: 1,
            on_own_thread: false,
            subject: (),
        }
    }

    /// A round does so many of one thing; the times are those of each.
    pub fn each_of(mut self, units: usize) -> Self {
        self.units = u32::try_from(units).unwrap_or(u32::MAX).max(1);
        self
    }

    /// Both sides work on the thread that measures: its processor time is told, too.
    pub fn on_own_thread(mut self) -> Self {
        self.on_own_thread = true;
        self
    }

    /// The side that is ours. What a round gives is dropped after its time is taken.
    pub fn subject<T, F: FnMut() -> Result<T, Fault>>(
        self,
        name: &'static str,
        round: F,
    ) -> Comparison<Side<F>> {
        Comparison {
            name: self.name,
            rounds: self.rounds,
            units: self.units,
            on_own_thread: self.on_own_thread,
            subject: Side { name, round },
        }
    }
}

impl<T, F: FnMut() -> Result<T, Fault>> Comparison<Side<F>> {
    /// The side to measure against. Runs both: two rounds to warm up, then the timed ones in turn. A round that
    /// fails ends it.
    pub fn peer<U, G: FnMut() -> Result<U, Fault>>(
        mut self,
        name: &'static str,
        mut round: G,
    ) -> Result<Measured, Fault> {
        let mut subject = Times::new(self.subject.name);
        let mut peer = Times::new(name);
        for number in 0..self.rounds + 2 {
            let units = (number >= 2).then_some(self.units);
            // Whoever goes first may find colder caches, so the sides take turns at that.
            if number % 2 == 0 {
                subject.add(units, &mut self.subject.round)?;
                peer.add(units, &mut round)?;
            } else {
                peer.add(units, &mut round)?;
                subject.add(units, &mut self.subject.round)?;
            }
        }
        Ok(Measured {
            name: self.name,
            subject: subject.finish(self.on_own_thread),
            peer: peer.finish(self.on_own_thread),
        })
    }
}

impl Times {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            sorted: Vec::new(),
            processor: Vec::new(),
        }
    }

    fn add<T>(
        &mut self,
        units: Option<u32>,
        round: &mut impl FnMut() -> Result<T, Fault>,
    ) -> Result<(), Fault> {
        let (began, processor) = (Instant::now(), thread_time());
        let result = round();
        let (took, processor_now) = (began.elapsed(), thread_time());
        drop(result?);
        if let Some(units) = units {
            self.sorted.push(took / units);
            if let (Some(before), Some(after)) = (processor, processor_now) {
                self.processor.push(after.saturating_sub(before) / units);
            }
        }
        Ok(())
    }

    fn finish(mut self, on_own_thread: bool) -> Self {
        if !on_own_thread {
            self.processor.clear();
        }
        self.sorted.sort();
        self.processor.sort();
        self
    }
}

/// The time that this share of the rounds stayed within, in per cent.
fn percentile(sorted: &[Duration], share: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    let rank = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(rank.min(last)).copied().unwrap_or_default()
}

fn median(sorted: &[Duration]) -> Duration {
    percentile(sorted, 50)
}

impl Measured {
    /// Two sides that tell their own times, taken in turn.
    pub fn told(
        name: impl Into<String>,
        subject: (&'static str, Vec<Duration>),
        peer: (&'static str, Vec<Duration>),
    ) -> Self {
        let times = |(name, sorted)| {
            Times {
                name,
                sorted,
                processor: Vec::new(),
            }
            .finish(false)
        };
        Self {
            name: name.into(),
            subject: times(subject),
            peer: times(peer),
        }
    }

    /// How many times the peer's median the subject's median is.
    pub fn ratio(&self) -> f64 {
        ratio(median(&self.subject.sorted), median(&self.peer.sorted))
    }

    /// What the subject's median has on top of the peer's.
    pub fn added(&self) -> Duration {
        median(&self.subject.sorted).saturating_sub(median(&self.peer.sorted))
    }

    /// The same in processor time, where that was told.
    pub fn added_processor_time(&self) -> Option<Duration> {
        if self.subject.processor.is_empty() {
            return None;
        }
        Some(median(&self.subject.processor).saturating_sub(median(&self.peer.processor)))
    }

    /// Judges the ratio.
    pub fn at_most_times(&self, limit: f64) -> Judged {
        Judged::ratio(
            format!("{}: times {}", self.name, self.peer.name),
            self.ratio(),
            limit,
        )
    }

    /// Judges what the subject has on top of the peer; its processor time too, where that was told.
    pub fn adds_at_most(&self, limit: Duration) -> Vec<Judged> {
        let wall = Judged::time(
            format!("{}: added to {}", self.name, self.peer.name),
            self.added(),
            limit,
        );
        let processor = self.added_processor_time().map(|added| {
            let what = format!("{}: added processor time", self.name);
            Judged::time(what, added, limit)
        });
        std::iter::once(wall).chain(processor).collect()
    }

    /// Judges the subject's own median.
    pub fn within(&self, limit: Duration) -> Judged {
        Judged::time(
            format!("{}: {}", self.name, self.subject.name),
            median(&self.subject.sorted),
            limit,
        )
    }

    /// The two sides as lines of a table.
    pub fn lines(&self) -> Vec<String> {
        let line = |name: &str, side: &str, times: &[Duration], ratio: f64| {
            format!(
                "  {name:<36} {side:<26} {:>10} {:>10} {:>10} {ratio:>6.2}",
                shown(percentile(times, 0)),
                shown(median(times)),
                shown(percentile(times, 95)),
            )
        };
        let (subject, peer) = (&self.subject, &self.peer);
        let mut lines = vec![
            line(&self.name, subject.name, &subject.sorted, self.ratio()),
            line("", peer.name, &peer.sorted, 1.0),
        ];
        if !subject.processor.is_empty() {
            let ratio = ratio(median(&subject.processor), median(&peer.processor));
            let what = "  processor time of its thread";
            lines.push(line(what, subject.name, &subject.processor, ratio));
            lines.push(line("", peer.name, &peer.processor, 1.0));
        }
        lines
    }
}

/// How many times one time the other is.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::EPSILON)
}

/// A time with a unit that fits.
pub fn shown(time: Duration) -> String {
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

    use super::{Comparison, Measured, Times, percentile, shown};

    fn times(name: &'static str, milliseconds: impl Iterator<Item = u64>) -> Times {
        Times {
            name,
            sorted: milliseconds.map(Duration::from_millis).collect(),
            processor: Vec::new(),
        }
    }

    fn measured(subject: u64, peer: u64) -> Measured {
        Measured {
            name: "what".to_owned(),
            subject: times("ours", std::iter::once(subject)),
            peer: times("theirs", std::iter::once(peer)),
        }
    }

    #[test]
    fn both_sides_run_equally_often_and_take_turns_at_being_first() {
        let order = Cell::new(String::new());
        let note = |letter: char| {
            let mut so_far = order.take();
            so_far.push(letter);
            order.set(so_far);
            Ok(())
        };
        Comparison::of("turns", 2)
            .subject("s", || note('s'))
            .peer("p", || note('p'))
            .unwrap();
        assert_eq!(order.take(), "sppsspps");
    }

    #[test]
    fn a_round_that_fails_ends_the_comparison_with_its_words() {
        let failed = Comparison::of("faults", 2)
            .subject("s", || Ok(()))
            .peer("p", || Err::<(), _>("the server is gone".into()));
        assert_eq!(
            failed.err().map(|fault| fault.to_string()).as_deref(),
            Some("the server is gone")
        );
    }

    #[test]
    fn percentiles_are_by_rank() {
        let hundred = times("x", 1..=100).sorted;
        assert_eq!(percentile(&hundred, 50), Duration::from_millis(50));
        assert_eq!(percentile(&hundred, 95), Duration::from_millis(95));
        assert_eq!(percentile(&hundred, 0), Duration::from_millis(1));
        assert_eq!(percentile(&[], 95), Duration::ZERO);
    }

    #[test]
    fn a_round_of_many_is_shown_as_one_of_them() {
        let mut side = Times::new("x");
        let round = || {
            std::hint::black_box(vec![0_u8; 1 << 20]);
            Ok(())
        };
        side.add(Some(1), &mut { round }).unwrap();
        side.add(Some(1_000_000), &mut { round }).unwrap();
        assert!(side.sorted[1] < side.sorted[0], "{:?}", side.sorted);
    }

    #[test]
    fn a_target_is_met_up_to_its_limit_and_missed_beyond() {
        let measured = measured(30, 20);
        let added = |milliseconds| measured.adds_at_most(Duration::from_millis(milliseconds));
        for judged in added(10).iter().chain([
            &measured.at_most_times(1.5),
            &measured.within(Duration::from_millis(30)),
        ]) {
            assert!(judged.line().ends_with("  met"), "{}", judged.line());
        }
        for judged in added(9).iter().chain([
            &measured.at_most_times(1.4),
            &measured.within(Duration::from_millis(29)),
        ]) {
            assert!(judged.line().ends_with("  missed"), "{}", judged.line());
        }
    }

    #[test]
    fn both_sides_are_named_with_their_ratio() {
        let lines = measured(30, 20).lines();
        let [subject, peer] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert!(
            subject.contains("ours") && subject.ends_with("1.50"),
            "{subject}"
        );
        assert!(peer.contains("theirs") && peer.ends_with("1.00"), "{peer}");
    }

    #[test]
    fn processor_time_is_shown_and_judged_where_it_was_told() {
        let mut measured = measured(30, 20);
        assert_eq!(measured.added_processor_time(), None);
        measured.subject.processor = vec![Duration::from_millis(9)];
        measured.peer.processor = vec![Duration::from_millis(4)];
        assert_eq!(measured.lines().len(), 4);
        let judged = measured.adds_at_most(Duration::from_millis(7));
        let verdicts: Vec<bool> = judged
            .iter()
            .map(|judged| judged.line().ends_with("  met"))
            .collect();
        assert_eq!(verdicts, [false, true]);
    }

    #[test]
    fn times_that_a_side_tells_itself_are_put_in_order() {
        let milliseconds = |all: [u64; 3]| all.map(Duration::from_millis).to_vec();
        let told = Measured::told(
            "what",
            ("ours", milliseconds([9, 1, 6])),
            ("theirs", milliseconds([2, 8, 3])),
        );
        assert_eq!(told.ratio().to_string(), "2");
    }

    #[test]
    fn times_have_a_unit_that_fits() {
        assert_eq!(shown(Duration::from_nanos(12)), "12 ns");
        assert_eq!(shown(Duration::from_micros(1500)), "1.50 ms");
    }
}
