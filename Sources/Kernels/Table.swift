import KernelInterface

/// This module's kernels.
public func kernelTable() -> KernelTable {
    KernelTable(
        relu: .init(relu, reluGradient), leakyRelu: .init(leakyRelu, leakyReluGradient), elu: .init(elu, eluGradient),
        selu: .init(selu, seluGradient), gelu: .init(gelu, geluGradient), geluTanh: .init(geluTanh, geluTanhGradient),
        silu: .init(silu, siluGradient), softplus: .init(softplus, softplusGradient), softsign: .init(softsign, softsignGradient),
        sigmoid: .init(sigmoid, sigmoidGradient), tanh: .init(tanh, tanhGradient), hardSigmoid: .init(hardSigmoid, hardSigmoidGradient),
        hardSwish: .init(hardSwish, hardSwishGradient), mish: .init(mish, mishGradient), relu6: .init(relu6, relu6Gradient), softmax: softmax,
        softmaxGradient: softmaxGradient, denseProduct: denseProduct,
        inputGradientProduct: inputGradientProduct, weightGradientProduct: weightGradientProduct, columnSum: columnSum, dropout: dropout,
        crossEntropy: .init(crossEntropy, crossEntropyGradient), binaryCrossEntropy: .init(binaryCrossEntropy, binaryCrossEntropyGradient),
        mse: .init(meanSquaredError, meanSquaredErrorGradient), mae: .init(meanAbsoluteError, meanAbsoluteErrorGradient),
        huber: .init(huber, huberGradient), sse: .init(sumOfSquaredErrors, sumOfSquaredErrorsGradient),
        klDivergence: .init(klDivergence, klDivergenceGradient), crossEntropyWithGradient: crossEntropyWithGradient, add: add,
        penaltyGradient: penaltyGradient, addSquaredNorm: addSquaredNorm,
        clipByNorm: clipByNorm, clipByValue: clipByValue, sgd: sgd, sgdMomentum: sgdMomentum, adam: adam, adamw: adamw, nadam: nadam,
        rmsprop: rmsprop, adagrad: adagrad, addDotProduct: addDotProduct, combination: combination, gatherRows: gatherRows, allFinite: allFinite,
        logarithm: logarithm)
}
