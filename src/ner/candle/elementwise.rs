//! What is done to a matrix number by number, in place: sums with a bias and
//! activations. candle has these too, each as a pass of its own into new memory,
//! and its `gelu` takes as long as the products do.

use candle_core::{CpuStorage, InplaceOp2, Layout, Result, bail};

use crate::ner::models::Activation;

/// Adds a row to every row of a matrix, and applies an activation if there is
/// one.
pub(super) struct Biased(pub(super) Option<Activation>);

impl InplaceOp2 for Biased {
    fn name(&self) -> &'static str {
        "biased"
    }

    fn cpu_fwd(
        &self,
        matrix: &mut CpuStorage,
        matrix_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<()> {
        let (CpuStorage::F32(matrix), CpuStorage::F32(bias)) = (matrix, bias) else {
            bail!("numbers are not in single precision");
        };
        let (Some((from, to)), Some((first, last))) =
            (matrix_layout.contiguous_offsets(), bias_layout.contiguous_offsets())
        else {
            bail!("a matrix or its bias does not lie in one piece");
        };
        let (matrix, bias) = (&mut matrix[from..to], &bias[first..last]);
        match self.0 {
            None => each(matrix, bias, |x| x),
            Some(Activation::Gelu) => each(matrix, bias, gelu),
            Some(Activation::GeluTanh) => each(matrix, bias, gelu_by_tanh),
            Some(Activation::Relu) => each(matrix, bias, |x| x.max(0.0)),
        }
        Ok(())
    }
}

fn each(matrix: &mut [f32], bias: &[f32], activation: impl Fn(f32) -> f32) {
    for row in matrix.chunks_exact_mut(bias.len().max(1)) {
        for (x, bias) in row.iter_mut().zip(bias) {
            *x = activation(*x + bias);
        }
    }
}

fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

fn gelu_by_tanh(x: f32) -> f32 {
    let inner = (2.0 / std::f32::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
    0.5 * x * (1.0 + inner.tanh())
}

/// The error function, by the quotient of polynomials that Eigen and XLA use:
/// exact to a few units in the last place, and without a branch, so that several
/// numbers are done at once.
fn erf(x: f32) -> f32 {
    const ABOVE: [f32; 7] = [
        -2.726_142_3e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    const BELOW: [f32; 5] =
        [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329_2e-3, -1.426_473_9e-2];
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let value = |of: &[f32]| of.iter().fold(0.0, |sum, part| sum * square + part);
    x * value(&ABOVE) / value(&BELOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error function by its integral, in small steps (Simpson's rule).
    fn by_integral(x: f64) -> f64 {
        let steps = 2_000;
        let width = x / f64::from(steps);
        let at = |n: i32| (-(f64::from(n) * width).powi(2)).exp();
        let inner: f64 = (1..steps).map(|n| at(n) * if n % 2 == 1 { 4.0 } else { 2.0 }).sum();
        (at(0) + inner + at(steps)) * width / 3.0 * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn the_error_function_is_the_integral_that_it_stands_for() {
        for n in -600..=600 {
            let x = n as f32 / 100.0;
            let difference = (f64::from(erf(x)) - by_integral(f64::from(x))).abs();
            assert!(difference < 5e-7, "{difference:e} at {x}");
        }
    }

    #[test]
    fn activations_are_what_their_names_say() {
        let apply = |activation: fn(f32) -> f32, x: f32| {
            let mut row = [x - 0.5];
            each(&mut row, &[0.5], activation);
            row[0]
        };
        // torch.nn.functional.gelu and its `approximate="tanh"`, of 1 and -2.
        assert!((apply(gelu, 1.0) - 0.841_345).abs() < 1e-6);
        assert!((apply(gelu, -2.0) + 0.045_500).abs() < 1e-6);
        assert!((apply(gelu_by_tanh, 1.0) - 0.841_192).abs() < 1e-6);
        assert!((apply(gelu_by_tanh, -2.0) + 0.045_402).abs() < 1e-6);
    }

    #[test]
    fn every_row_gets_the_same_bias() {
        let mut matrix: [f32; 4] = [1.0, 2.0, 3.0, 4.0];
        each(&mut matrix, &[10.0, 20.0], |x| x);
        assert_eq!(matrix.map(f32::to_bits), [11.0, 22.0, 13.0, 24.0].map(f32::to_bits));
    }
}
