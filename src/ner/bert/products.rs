//! The products of a layer: an input, with a row a wordpiece, times the layer's
//! weights, and its bias added.
//!
//! There are two ways. Plain matrices are multiplied by the library that libtorch
//! calls for them, MKL on x86-64. oneDNN takes weights that were laid out for it
//! once, and does the activation or the sum that follows in the same go. On
//! processors of AMD MKL makes no use of AVX-512, and takes twice as long as
//! oneDNN; there oneDNN is used, and everywhere else the plain way. Which it is
//! depends on the machine alone, so that one machine gives the same numbers every
//! time.
//!
//! libtorch has oneDNN's products as operators of `TorchScript` only; so they are
//! reached through a script, `products.pt`, which `products.py` makes.

use std::sync::Arc;

use tch::{CModule, Device, Kind, TchError, Tensor};

use super::take;
use crate::ner::models::Activation;
use crate::ner::transformer::weights::Weights;

const SCRIPT: &[u8] = include_bytes!("products.pt");

/// The way in which products are made.
#[derive(Debug, Clone)]
pub(super) enum Products {
    /// By the library for plain matrices.
    Plain,
    /// By oneDNN, through the script.
    OneDnn(Arc<CModule>),
}

/// A layer's weights and bias.
#[derive(Debug)]
pub(super) struct Linear {
    /// A column an output; or as oneDNN has it.
    weight: Tensor,
    bias: Tensor,
}

impl Products {
    /// The faster way on this machine, for numbers of `kind` on `device`.
    pub(super) fn of_machine(kind: Kind, device: Device) -> Self {
        if kind == Kind::Float && device == Device::Cpu && mkl_is_slow() {
            // A libtorch without oneDNN does not know the operators.
            return Self::one_dnn().unwrap_or(Self::Plain);
        }
        Self::Plain
    }

    fn one_dnn() -> Result<Self, TchError> {
        Ok(Self::OneDnn(Arc::new(CModule::load_data(&mut &*SCRIPT)?)))
    }

    /// The linear layers of those names, one beside the other.
    pub(super) fn layer(
        &self,
        weights: &mut Weights<Tensor>,
        names: &[String],
    ) -> Result<Linear, TchError> {
        let mut all = |end: &str| -> Result<Tensor, TchError> {
            let parts: Result<Vec<_>, _> =
                names.iter().map(|name| take(weights, &format!("{name}.{end}"))).collect();
            Tensor::f_cat(&parts?, 0)
        };
        let (weight, bias) = (all("weight")?, all("bias")?);
        Ok(Linear { weight: self.lay_out(&weight)?, bias })
    }

    /// A weight with a row an output as the products of this way take it.
    fn lay_out(&self, weight: &Tensor) -> Result<Tensor, TchError> {
        match self {
            Self::Plain => weight.f_transpose(0, 1),
            Self::OneDnn(script) => script.method_ts("lay_out", &[weight]),
        }
    }

    /// The layer's output, in `room` if that is of use.
    pub(super) fn of(
        &self,
        layer: &Linear,
        input: &Tensor,
        room: &Tensor,
    ) -> Result<Tensor, TchError> {
        let Linear { weight, bias } = layer;
        match self {
            Self::Plain => bias.f_addmm_out(room, input, weight),
            Self::OneDnn(script) => script.forward_ts(&[input, weight, bias]),
        }
    }

    /// The layer's output activated, in `room` if that is of use.
    pub(super) fn activated(
        &self,
        activation: Activation,
        layer: &Linear,
        input: &Tensor,
        room: &Tensor,
    ) -> Result<Tensor, TchError> {
        if let (Self::OneDnn(script), Activation::Gelu) = (self, activation) {
            return script.method_ts("gelu", &[input, &layer.weight, &layer.bias]);
        }
        let mut output = self.of(layer, input, room)?;
        match activation {
            Activation::Gelu => output.f_gelu_("none"),
            Activation::GeluTanh => output.f_gelu_("tanh"),
            Activation::Relu => output.f_relu_(),
        }
    }

    /// The sum of `sum` and the layer's output, in the place of `sum` if that
    /// is of use.
    pub(super) fn added(
        &self,
        mut sum: Tensor,
        layer: &Linear,
        input: &Tensor,
    ) -> Result<Tensor, TchError> {
        let Linear { weight, bias } = layer;
        match self {
            Self::Plain => {
                let _ = sum.f_add_(bias)?;
                sum.f_addmm_(input, weight)
            }
            Self::OneDnn(script) => script.method_ts("add", &[input, weight, bias, &sum]),
        }
    }
}

impl Linear {
    /// Another handle on the same numbers.
    pub(super) fn share(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone() }
    }

    /// How many outputs the layer has.
    pub(super) fn outputs(&self) -> i64 {
        self.bias.size()[0]
    }
}

/// Whether the processor has AVX-512 and MKL leaves it aside.
#[cfg(target_arch = "x86_64")]
fn mkl_is_slow() -> bool {
    let is_amd = || {
        let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let vendor = processors.lines().find(|line| line.starts_with("vendor_id"));
        vendor.is_some_and(|line| line.ends_with("AuthenticAMD"))
    };
    std::is_x86_feature_detected!("avx512f") && is_amd()
}

#[cfg(not(target_arch = "x86_64"))]
const fn mkl_is_slow() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIVATIONS: [Activation; 3] = [Activation::Gelu, Activation::GeluTanh, Activation::Relu];

    fn random(size: [i64; 2]) -> Tensor {
        Tensor::randn(size, (Kind::Float, Device::Cpu))
    }

    fn bits(tensor: &Tensor) -> Vec<u32> {
        let numbers: Vec<f32> = tensor.flatten(0, -1).try_into().unwrap();
        numbers.into_iter().map(f32::to_bits).collect()
    }

    /// What each way makes of one layer: the output, activated and added.
    fn outputs(products: &Products, weight: &Tensor, bias: &Tensor, input: &Tensor) -> Vec<Tensor> {
        let layer =
            Linear { weight: products.lay_out(weight).unwrap(), bias: bias.shallow_clone() };
        let room = || Tensor::zeros([input.size()[0], layer.outputs()], (Kind::Float, Device::Cpu));
        let mut all = vec![products.of(&layer, input, &room()).unwrap()];
        for activation in ACTIVATIONS {
            all.push(products.activated(activation, &layer, input, &room()).unwrap());
        }
        all.push(products.added(room() + 1.0, &layer, input).unwrap());
        all
    }

    #[test]
    fn both_ways_come_to_the_same() {
        let one_dnn = Products::one_dnn().unwrap();
        for (rows, inputs, count) in [(32, 16, 48), (96, 64, 16), (1024, 256, 768)] {
            let (input, weight) = (random([rows, inputs]), random([count, inputs]));
            let bias = random([count, 1]).flatten(0, -1);
            let plain = outputs(&Products::Plain, &weight, &bias, &input);
            let other = outputs(&one_dnn, &weight, &bias, &input);
            for (n, (plain, other)) in plain.iter().zip(&other).enumerate() {
                assert!(plain.allclose(other, 1e-4, 1e-3, false), "{n} of {rows}x{inputs}x{count}");
            }
            assert!(outputs_differ(&plain), "nothing is activated or added");
        }
    }

    fn outputs_differ(outputs: &[Tensor]) -> bool {
        outputs.windows(2).all(|pair| bits(&pair[0]) != bits(&pair[1]))
    }

    #[test]
    fn a_row_is_the_same_to_the_bit_whatever_stands_around_it() {
        tch::set_num_threads(1);
        for products in [Products::Plain, Products::one_dnn().unwrap()] {
            for (inputs, count) in [(256, 768), (1024, 256)] {
                let (input, weight) = (random([1024, inputs]), random([count, inputs]));
                let bias = random([count, 1]).flatten(0, -1);
                let whole = outputs(&products, &weight, &bias, &input);
                for (start, rows) in [(0, 32), (16, 48), (112, 800), (512, 512)] {
                    let some = input.narrow(0, start, rows).contiguous();
                    let some = outputs(&products, &weight, &bias, &some);
                    for (some, whole) in some.iter().zip(&whole) {
                        assert!(
                            bits(some) == bits(&whole.narrow(0, start, rows)),
                            "{rows} rows from {start}, {products:?}"
                        );
                    }
                }
            }
        }
    }
}
