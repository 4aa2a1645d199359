//! Which rows of a very long grid are in the document: those near the window, with their heights kept for the rest.

use std::ops::Range;

/// The height of a row, in px.
pub const ROW: f64 = 26.0;
/// The height of a note under a row, in px; a long one is higher, which only moves the rest a little.
pub const NOTE: f64 = 37.0;
/// A grid of at most so many rows is in the document as a whole.
pub const WHOLE: usize = 300;
/// Pixels kept above and below what is seen.
const MARGIN: f64 = 600.0;

/// The rows to draw, and the heights of what is left out before and after them.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// The rows.
    pub rows: Range<usize>,
    /// Left out above, in px.
    pub before: f64,
    /// Left out below, in px.
    pub after: f64,
}

impl Window {
    /// The whole grid.
    pub fn whole(rows: usize) -> Self {
        Self { rows: 0..rows, before: 0.0, after: 0.0 }
    }

    /// The rows that touch a window of `height` px which begins `top` px below the first row.
    pub fn of(heights: &[f64], top: f64, height: f64) -> Self {
        let (from, to) = (top.max(0.0) - MARGIN, top.max(0.0) + height.max(0.0) + MARGIN);
        let (mut start, mut end, mut before, mut seen) = (0, 0, 0.0, 0.0);
        let mut at = 0.0;
        for (place, row) in heights.iter().enumerate() {
            if at + row <= from {
                (start, before) = (place + 1, at + row);
            } else if at < to {
                (end, seen) = (place + 1, at + row);
            }
            at += row;
        }
        let end = end.max(start);
        Self { rows: start..end, before, after: at - seen.max(before) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_drawn_and_the_rest_keeps_its_height() {
        let heights: Vec<f64> = (0..5_000).map(|row| if row % 7 == 0 { ROW + NOTE } else { ROW }).collect();
        let total: f64 = heights.iter().sum();
        for top in [-10.0, 0.0, 25.0, 10_000.0, total - 800.0, total + 5_000.0] {
            let window = Window::of(&heights, top, 800.0);
            let drawn: f64 = heights.get(window.rows.clone()).unwrap().iter().sum();
            assert!((window.before + drawn + window.after - total).abs() < 0.5, "{top}: {window:?}");
            assert!(window.rows.len() < 100, "{top}: {window:?}");
            if top >= 0.0 && top < total {
                assert!(window.before <= top && window.before + drawn >= (top + 800.0).min(total), "{top}: {window:?}");
            }
        }
    }

    #[test]
    fn an_empty_grid_has_an_empty_window() {
        assert_eq!(Window::of(&[], 0.0, 800.0), Window::whole(0));
    }
}
