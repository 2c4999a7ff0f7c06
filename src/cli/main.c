/* SPDX-License-Identifier: MIT */
#include <stdio.h>

int main(void)
{
	puts("adref " ADREF_VERSION);
	return 0;
}
