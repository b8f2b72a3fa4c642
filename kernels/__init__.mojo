"""Kernels for language models: tensors, weights in several number formats, products, attention, normalization, sampling.

`from kernels import …` gives every public name; where this folder's parent is not searched for imports, `-I` names it.
"""
from .activations import Activation, activate, gelu, gelu_tanh, relu, sigmoid, silu
from .cache import KeyValueCache, attend_cached
from .attention import attention
from .lanes import LANES, Vector
from .masks import Added, Causal, Full, LinearBias, Mask, SlidingWindow
from .matmul import matmul
from .matvec import for_each_product, multiply, multiply_add, multiply_gated
from .normalize import layer_norm, rms_norm, softmax
from .positions import RotaryTable, add_sinusoidal
from .quantized import BlockWeights, GroupInput, GroupWeights, quantize_blocks, quantize_groups
from .sampling import Sampler, XorShift, argmax
from .tensor import Tensor, View
from .weights import FloatInput, FloatWeights, VectorInput, Weights
