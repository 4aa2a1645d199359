//! How a list of any length lies under a scrollbar: true to the pixel while browsers can draw it, and to scale beyond that.

use std::ops::Range;

/// The tallest document that every browser lays out without rounding, in px.
const TALLEST: f64 = 16_000_000.0;
/// Rows kept above and below what is seen, so that a quick scroll does not show blanks.
const MARGIN: usize = 16;

/// A list of `total` rows of `row` px, of which `view` px are seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Track {
    /// Rows in all.
    pub total: usize,
    /// Height of a row in px.
    pub row: f64,
    /// Height of the window in px.
    pub view: f64,
}

impl Track {
    /// A list before its window is measured, of which `rows` are to be drawn.
    pub fn unmeasured(total: usize, row: f64, rows: usize) -> Self {
        Self { total, row, view: rows.saturating_sub(MARGIN + 1) as f64 * row }
    }

    fn whole(self) -> f64 {
        self.total as f64 * self.row()
    }

    fn row(self) -> f64 {
        self.row.max(1.0)
    }

    /// Height of the list in the document.
    pub fn length(self) -> f64 {
        self.whole().min(TALLEST)
    }

    /// Pixels of the list for one pixel of the scrollbar; 1 unless the list is taller than a document can be.
    fn scale(self) -> f64 {
        let (list, bar) = (self.whole() - self.view, self.length() - self.view);
        if bar <= 0.0 || list <= bar { 1.0 } else { list / bar }
    }

    /// Which rows to draw when the scrollbar stands at `scroll`.
    pub fn range(self, scroll: f64) -> Range<usize> {
        let first = self.first_seen(scroll);
        let seen = (self.view.max(0.0) / self.row()).ceil() as usize + 1;
        let end = first.saturating_add(seen).saturating_add(MARGIN).min(self.total);
        first.saturating_sub(MARGIN).min(end)..end
    }

    fn first_seen(self, scroll: f64) -> usize {
        (self.top(scroll) / self.row()) as usize
    }

    /// The place in the list that is at the top of the window.
    fn top(self, scroll: f64) -> f64 {
        (scroll.max(0.0) * self.scale()).clamp(0.0, (self.whole() - self.view).max(0.0))
    }

    /// The room above and below the drawn rows, so that they are where the reader looks.
    pub fn gaps(self, scroll: f64, drawn: &Range<usize>) -> (f64, f64) {
        let above = if self.scale() > 1.0 {
            (scroll - (self.top(scroll) - drawn.start as f64 * self.row())).max(0.0)
        } else {
            drawn.start as f64 * self.row()
        };
        (above, (self.length() - above - drawn.len() as f64 * self.row()).max(0.0))
    }

    /// Where the scrollbar has to stand for a row to be at the top of the window.
    pub fn scroll_to(self, row: usize) -> f64 {
        (row as f64 * self.row()).min((self.whole() - self.view).max(0.0)) / self.scale()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: f64 = 800.0;

    fn track(total: usize) -> Track {
        Track { total, row: 32.0, view: VIEW }
    }

    #[test]
    fn the_drawn_rows_cover_what_is_seen_and_stay_inside_the_list() {
        for total in [0, 1, 59, 60, 10_000, 1_000_000, 10_000_000] {
            let track = track(total);
            for part in [0.0, 0.001, 0.37, 0.999, 1.0, 7.0] {
                let scroll = (track.length() - VIEW).max(0.0) * part;
                let range = track.range(scroll);
                assert!(range.start <= range.end && range.end <= total, "{total} rows at {scroll}: {range:?}");
                assert!(range.len() <= 2 * MARGIN + 27, "{total} rows at {scroll}: {range:?}");
                let (above, below) = track.gaps(scroll, &range);
                let bottom = above + range.len() as f64 * 32.0;
                let seen_to = (scroll + VIEW).min(track.length());
                assert!(above <= scroll.max(0.0) + 0.5 || part > 1.0, "{total} rows at {scroll}: {above}");
                assert!(bottom + 0.5 >= seen_to, "{total} rows at {scroll}: {bottom} of {seen_to}");
                assert!(below >= 0.0);
            }
        }
    }

    #[test]
    fn a_list_that_a_browser_can_draw_is_drawn_true_to_the_pixel() {
        let track = track(10_000);
        assert_eq!(track.length(), 320_000.0);
        let range = track.range(32_000.0);
        assert_eq!((range.start, track.gaps(32_000.0, &range).0), (1_000 - MARGIN, (1_000 - MARGIN) as f64 * 32.0));
    }

    #[test]
    fn the_ends_of_a_taller_list_are_the_ends_of_the_scrollbar() {
        let track = track(2_000_000);
        assert_eq!(track.length(), TALLEST);
        assert_eq!(track.range(0.0).start, 0);
        let end = track.length() - VIEW;
        assert_eq!(track.range(end).end, 2_000_000);
        let (_, below) = track.gaps(end, &track.range(end));
        assert!(below < 1.0, "{below}");
    }

    #[test]
    fn a_row_is_found_again_where_the_scrollbar_is_put_for_it() {
        for total in [1_000, 1_000_000, 5_000_000] {
            let track = track(total);
            for row in [0, 1, 499, total / 2, total - 30] {
                let first = track.first_seen(track.scroll_to(row) + 0.01);
                assert!(first.abs_diff(row) <= 1, "row {row} of {total}: {first}");
            }
        }
    }

    #[test]
    fn before_its_window_is_measured_a_list_draws_so_many_rows() {
        assert_eq!(Track::unmeasured(1_000, 32.0, 30).range(0.0), 0..30);
        assert_eq!(Track::unmeasured(7, 32.0, 30).range(0.0), 0..7);
    }

    #[test]
    fn a_row_without_height_does_not_divide_by_zero() {
        assert_eq!(Track { total: 100, row: 0.0, view: 10.0 }.range(0.0), 0..11 + MARGIN);
    }
}
