
."
d(2H
PJ"ЂеРУЂељwљgemini-3-flash-a