"""Kernels for language models: tensors, weights in several number formats, products, attention, normalization, sampling.

`from kernels import …` gives every public name; `-I` names the folder that this one lies in, where that is not the program's own.
"""
from .activations import Activation, activate, gelu, gelu_tanh, relu, sigmoid, silu
from .attention import attention
from .cache import KeyValueCache, attend_cached
from .convolution import convolve
from .embedding import embed
from .lanes import LANES, Vector
from .masks import Added, Causal, Full, LinearBias, Mask, SlidingWindow
from .matmul import matmul
from .matvec import for_each_product, multiply, multiply_add, multiply_gated
from .normalize import layer_norm, rms_norm, softmax
from .numeric import Additive, Number, Numeric, generic_dot, generic_matmul
from .positions import RotaryTable, add_sinusoidal
from .quantized import BlockWeights, GroupInput, GroupWeights, quantize_blocks, quantize_groups
from .reductions import AsNumbers, Numbers, norm, sum_over
from .sampling import Sampler, XorShift, argmax
from .tensor import Tensor, View
from .weights import FloatInput, FloatWeights, VectorInput, Weights
