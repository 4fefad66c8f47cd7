//! Monograms.

use super::monogram;

#[test]
fn a_monogram_is_two_letters_of_the_name() {
    assert_eq!(monogram("salon.aurelie.paris"), "SA");
    assert_eq!(monogram("bloomandstem"), "BL");
    assert_eq!(monogram("_x_"), "X");
    assert_eq!(monogram("..."), "?");
}
