// Powers of magnitudes and their root. By products: the power function of drivers is exact to a few digits only.
float power(float x, int exponent)
{
    float result = 1.0;
    for (int i = 0; i < exponent; i++)
        result *= abs(x);
    return result;
}

float root(float sum)
{
#if P == 1
    return sum;
#elif P == 2
    return sqrt(sum);
#else
    return sum == 0.0 ? 0.0 : pow(sum, 1.0 / float(P));
#endif
}
