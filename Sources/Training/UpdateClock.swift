import Execution
import SpecLanguage

/// The numbers of the optimizer that change from step to step: step count and bias corrections, by repeated multiplication (no pow).
package struct UpdateClock {
    private var parameters = UpdateParameters()
    private var beta1Power = 1.0
    private var beta2Power = 1.0
    /// Steps taken.
    package private(set) var step = 0
    private var decayPower = UpdateClock.nadamDecay
    /// 0.96 ^ 0.004, PyTorch's momentum_decay: the ratio of (1 - mu_t / beta1) * 2 from one step to the next.
    private static let nadamDecay = 0.9998367253526752784

    package init(_ optimizer: OptimizerSpec) {
        parameters.learningRate = optimizer.learningRate.value
        parameters.momentum = optimizer.momentum
        parameters.nesterov = optimizer.nesterov
        parameters.beta1 = optimizer.beta1
        parameters.beta2 = optimizer.beta2
        parameters.epsilon = optimizer.epsilon
        parameters.rho = optimizer.rho
    }

    /// The rate of the steps that follow.
    package var learningRate: Double {
        get { parameters.learningRate }
        set { parameters.learningRate = newValue }
    }

    /// Moves to the next step and hands its numbers to the executor.
    package mutating func advance(into target: UnsafeMutablePointer<UpdateParameters>) {
        step += 1
        beta1Power *= parameters.beta1
        beta2Power *= parameters.beta2
        parameters.correction1 = 1 - beta1Power
        parameters.correction2 = 1 - beta2Power
        parameters.mu = parameters.beta1 * (1 - 0.5 * decayPower)
        decayPower *= UpdateClock.nadamDecay
        parameters.muNext = parameters.beta1 * (1 - 0.5 * decayPower)
        parameters.muProduct = step == 1 ? parameters.mu : parameters.muProduct * parameters.mu
        parameters.muProductNext = parameters.muProduct * parameters.muNext
        target.pointee = parameters
    }
}
